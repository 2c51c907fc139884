;; Names a reply as the request's first byte says: o = outside of its memory, e = empty, n = with a
;; line break. The buffer for a request of any length but one lies outside.
(module
  (memory (export "memory") 80)
  (data (i32.const 0) "{}\0a{}")
  (func (export "allocate") (param i32) (result i32)
    (if (result i32) (i32.eq (local.get 0) (i32.const 65)) (then (i32.const 16)) (else (i32.const -8))))
  (func (export "begin") (export "answer") (param $at i32) (param $length i32) (param $now i64) (result i64)
    (local $what i32)
    (local.set $what (i32.load8_u offset=64 (local.get $at)))
    (if (i32.eq (local.get $what) (i32.const 0x6f)) (then (return (i64.const 0xffff_0000_ffff_ffff))))
    (if (i32.eq (local.get $what) (i32.const 0x65)) (then (return (i64.const 0x0000_0010_0000_0000))))
    (if (i32.eq (local.get $what) (i32.const 0x6e)) (then (return (i64.const 5))))
    (i64.const 2))
  (func (export "is_open") (result i32) i32.const 0))
