/* The C ABI of liblogto_sign_in.so. PHP's FFI reads this file as it is.
 *
 * Requests, answers and replies are lines of JSON without their line break. An operation begins with a request; while
 * its reply is an effect, the operation awaits the answer. Each thread has operations of its own, at most eight at a
 * time. Whichever has been silent longest ends when a ninth begins, and each ends after two minutes of silence.
 */

/* Runs a request. Returns 0 when *operation, *reply and *reply_length have been set, 1 when a pointer is null.
 * *operation is 0 when the reply is an outcome. */
int32_t logto_sign_in_begin(const uint8_t *request, size_t request_length, uint64_t *operation, uint8_t **reply, size_t *reply_length);

/* Runs the whole line {"answer": ...} to the last effect of an operation. Returns as above. When the operation is over,
 * the reply is the refusal operation_ended. */
int32_t logto_sign_in_answer(uint64_t operation, const uint8_t *answer, size_t answer_length, uint8_t **reply, size_t *reply_length);

/* Ends an operation before its outcome. Ignores 0 and operations that are over. */
void logto_sign_in_end(uint64_t operation);

/* Frees a reply. */
void logto_sign_in_release(uint8_t *reply, size_t reply_length);
