;; Takes memory until there is none, then stops as an allocator does.
(module
  (memory (export "memory") 80)
  (func (export "allocate") (param i32) (result i32) i32.const 16)
  (func (export "begin") (export "answer") (param i32 i32 i64) (result i64)
    (loop (br_if 0 (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
    unreachable)
  (func (export "is_open") (result i32) i32.const 0))
