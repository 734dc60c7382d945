/* The library for C and whatever speaks it: scenarios and answers as JSON text, handles for what is asked often.
   Every char* that a function gives out is the caller's and goes back with headroom_free. Texts are UTF-8 and end in
   a zero byte. No function throws or ends the program; a null argument is a failure, not a crash. */
#ifndef HEADROOM_C_H
#define HEADROOM_C_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* NOLINTBEGIN(readability-identifier-naming): C has no namespaces */

typedef struct headroom_scenario headroom_scenario;

typedef enum headroom_status {
  HEADROOM_OK = 0,
  HEADROOM_FAILED = 1 /* *error holds {"code", "message", "where"} */
} headroom_status;

/* "0.2.0"; static, not to be freed. */
const char* headroom_version(void);

/* A scenario from JSON text in the schema of the scenario file. `folder`: where relative paths start; may be null.
   `error` may be null; else it is set on failure, and to null on success. */
headroom_status headroom_scenario_read(const char* json, const char* folder, headroom_scenario** scenario,
                                       char** error);
/* From whatever people paste: a launch command, a log, a recipe, a configuration, an id. */
headroom_status headroom_scenario_recognise(const char* text, headroom_scenario** scenario, char** error);
/* The same with one key set: `key` dotted ("training.rank"), `value` JSON ("16"). */
headroom_status headroom_scenario_with(const headroom_scenario* scenario, const char* key, const char* value,
                                       headroom_scenario** changed, char** error);
/* As JSON text. */
char* headroom_scenario_write(const headroom_scenario* scenario);
void headroom_scenario_free(headroom_scenario* scenario); /* null is fine */

/* The estimate as JSON (schema headroom-estimate/1); `depth`: levels of factors, 0 for none. */
char* headroom_estimate(const headroom_scenario* scenario, int depth);
/* Bytes of the device that decides the verdict; -1 for a null scenario. */
int64_t headroom_total_bytes(const headroom_scenario* scenario);
/* 1 fits, 0 does not fit or would not run, -1 no capacity is known. Something not modelled still answers 1: see
   "verdict" in the estimate's JSON. */
int headroom_fits(const headroom_scenario* scenario);

/* Scenario in, estimate out, in one call. */
headroom_status headroom_estimate_json(const char* scenario_json, char** estimate_json, char** error);

void headroom_free(char* text); /* null is fine */

/* NOLINTEND(readability-identifier-naming) */

#ifdef __cplusplus
}
#endif

#endif
