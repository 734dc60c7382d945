// Runs the command line in process.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "app/cli/run_cli.h"

namespace headroom {

struct Ran {
  int exit = 0;
  std::string out, err;
};

inline Ran run(const std::vector<std::string>& args, const std::string& input = {}) {
  std::istringstream in(input);
  std::ostringstream out, err;
  const int code = runCli(args, in, out, err);
  return {code, out.str(), err.str()};
}

inline std::string dataFile(const std::string& name) {
  return std::string(HEADROOM_TEST_DATA) + "/" + name;
}

}  // namespace headroom
