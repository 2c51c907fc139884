;; Stops in the middle, as a panic does.
(module
  (memory (export "memory") 80)
  (func (export "allocate") (param i32) (result i32) i32.const 16)
  (func (export "handle") (param i32 i32 i64) (result i64) unreachable))
