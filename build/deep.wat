;; Calls itself for ever.
(module
  (memory (export "memory") 80)
  (func (export "allocate") (param i32) (result i32) i32.const 16)
  (func $deeper (export "begin") (export "answer") (param i32 i32 i64) (result i64)
    (i64.add (call $deeper (local.get 0) (local.get 1) (local.get 2)) (i64.const 1)))
  (func (export "is_open") (result i32) i32.const 0))
