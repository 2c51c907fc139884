;; Never answers.
(module
  (memory (export "memory") 80)
  (func (export "allocate") (param i32) (result i32) i32.const 16)
  (func (export "begin") (export "answer") (param i32 i32 i64) (result i64) (loop br 0) unreachable)
  (func (export "is_open") (result i32) i32.const 0))
