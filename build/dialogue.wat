;; Counts the lines of an operation and answers with their number. The first byte of a line says
;; what else happens: . = the operation ends, ! = a trap, @ = an endless loop, f = three quarters of
;; a line's fuel are burnt, m = 24 MiB of memory are taken. After any other the operation goes on.
(module
  (memory (export "memory") 80)
  (global $lines (mut i32) (i32.const 48))
  (global $open (mut i32) (i32.const 0))
  (func (export "allocate") (param i32) (result i32) i32.const 16)
  (func (export "begin") (export "answer") (param $at i32) (param $length i32) (param $now i64) (result i64)
    (local $what i32)
    (local $turns i32)
    (local.set $what (i32.load8_u offset=64 (local.get $at)))
    (global.set $open (i32.ne (local.get $what) (i32.const 0x2e)))
    (if (i32.eq (local.get $what) (i32.const 0x21)) (then unreachable))
    (if (i32.eq (local.get $what) (i32.const 0x40)) (then (loop br 0)))
    (if (i32.eq (local.get $what) (i32.const 0x66)) (then
      (local.set $turns (i32.const 60_000_000))
      (loop (br_if 0 (local.tee $turns (i32.sub (local.get $turns) (i32.const 1)))))))
    (if (i32.eq (local.get $what) (i32.const 0x6d)) (then
      (if (i32.eq (memory.grow (i32.const 384)) (i32.const -1)) (then unreachable))))
    (global.set $lines (i32.add (global.get $lines) (i32.const 1)))
    (i32.store8 (i32.const 0) (global.get $lines))
    (i64.const 1))
  (func (export "is_open") (result i32) global.get $open))
