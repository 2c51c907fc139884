/* The library, one line in, one line out, like `logto-sign-in serve`: for machines whose PHP is not at hand.
 *
 *     library <liblogto_sign_in.so>
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/logto_sign_in.h"

typedef int32_t begin_t(const uint8_t *, size_t, uint64_t *, uint8_t **, size_t *);
typedef int32_t answer_t(uint64_t, const uint8_t *, size_t, uint8_t **, size_t *);
typedef void release_t(uint8_t *, size_t);

int main(int count, char **arguments)
{
    void *library = count > 1 ? dlopen(arguments[1], RTLD_NOW) : NULL;
    if (library == NULL) {
        fprintf(stderr, "%s\n", count > 1 ? dlerror() : "usage: library <liblogto_sign_in.so>");
        return 2;
    }
    begin_t *begin = (begin_t *)dlsym(library, "logto_sign_in_begin");
    answer_t *answer = (answer_t *)dlsym(library, "logto_sign_in_answer");
    release_t *release = (release_t *)dlsym(library, "logto_sign_in_release");

    uint64_t operation = 0;
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    while ((length = getline(&line, &room, stdin)) > 0) {
        length -= line[length - 1] == '\n';
        uint8_t *reply = NULL;
        size_t reply_length = 0;
        int32_t status = operation == 0
            ? begin((uint8_t *)line, (size_t)length, &operation, &reply, &reply_length)
            : answer(operation, (uint8_t *)line, (size_t)length, &reply, &reply_length);
        if (status != 0) {
            return 3;
        }
        fwrite(reply, 1, reply_length, stdout);
        putchar('\n');
        fflush(stdout);
        /* An operation goes on while its reply is an effect. Within a text, the quotation marks would be escaped. */
        if (memmem(reply, reply_length, "\"effect\":{", 10) == NULL) {
            operation = 0;
        }
        release(reply, reply_length);
    }
    free(line);
    return 0;
}
