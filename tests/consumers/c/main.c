/* The C API as a C program sees it; ends with the number of the first promise that is broken. */
#include <headroom/c.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  headroom_scenario *s = NULL, *more = NULL;
  char *error = NULL, *text = NULL;
  if (strcmp(headroom_version(), "0.2.0") != 0) return 1;
  if (headroom_scenario_read("{\"model\": \"meta-llama/Llama-3.1-8B\", \"devices\": [{\"memory_bytes\": 25769803776}]}",
                             NULL, &s, &error) != HEADROOM_OK)
    return printf("%s\n", error), 2;
  if (error != NULL || headroom_fits(s) != 1) return 3;
  if (headroom_scenario_with(s, "batch", "64", &more, &error) != HEADROOM_OK || headroom_fits(more) != 0) return 4;
  if (headroom_total_bytes(more) <= headroom_total_bytes(s)) return 5;
  text = headroom_estimate(s, 0);
  if (text == NULL || strstr(text, "\"headroom-estimate/1\"") == NULL) return 6;
  headroom_free(text);
  headroom_scenario_free(more);
  if (headroom_scenario_with(s, "batch", "no json", &more, &error) != HEADROOM_FAILED || more != NULL) return 7;
  if (error == NULL || strstr(error, "\"code\"") == NULL) return 8;
  headroom_free(error);
  if (headroom_estimate_json("{\"model\": \"meta-llama/Llama-3.2-1B\"}", &text, &error) != HEADROOM_OK) return 9;
  headroom_free(text);
  if (headroom_estimate_json("{", &text, &error) != HEADROOM_FAILED || text != NULL) return 10;
  headroom_free(error);
  /* Nothing that is null ends the program. */
  if (headroom_scenario_read(NULL, NULL, &s, NULL) != HEADROOM_FAILED) return 11;
  if (headroom_estimate(NULL, 0) != NULL || headroom_fits(NULL) != -1 || headroom_total_bytes(NULL) != -1) return 12;
  headroom_free(NULL);
  headroom_scenario_free(NULL);
  return 0;
}
