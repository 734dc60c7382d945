#include "app/cli/run_cli.h"

#include <ostream>

namespace headroom {

int runCli(const std::vector<std::string>&, std::istream&, std::ostream&, std::ostream& err) {
  err << "headroom-cli: no command\n";
  return 2;
}

}  // namespace headroom
