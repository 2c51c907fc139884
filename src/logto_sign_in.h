/* The C ABI of liblogto_sign_in.so. PHP's FFI reads this file as it is. */

/* Answers a request (JSON, request_length bytes). Returns 0 when *reply and *reply_length have been set. */
int32_t logto_sign_in_handle(const uint8_t *request, size_t request_length, uint8_t **reply, size_t *reply_length);

/* Frees a reply. */
void logto_sign_in_release(uint8_t *reply, size_t reply_length);
