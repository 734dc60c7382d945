// The whole command line as one function, so that tests run it in process.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace headroom {

// Runs `headroom-cli ARGS…`; args without the program's name. Data goes to out, messages to err; reads `in` where the
// user says "-". Returns the exit code: 0 done, 1 does not fit (--check), 2 bad usage or input, 3 a file, the
// output or the network failed.
int runCli(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace headroom
