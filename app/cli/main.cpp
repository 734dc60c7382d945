#include <fcntl.h>

#include <csignal>
#include <exception>
#include <iostream>
#include <new>

#include "app/cli/run_cli.h"

namespace {

// A closed stream's number would be given to the next file opened, and what is printed would land in it. Each closed
// one is taken by a descriptor that cannot do its work, so that using it still fails.
void keepClosedStreamsClosed() {
  for (const int stream : {0, 1, 2})
    if (fcntl(stream, F_GETFD) == -1) open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY);
}

}  // namespace

int main(int argc, char** argv) {
  keepClosedStreamsClosed();
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is a failed write, which is reported
  std::ios::sync_with_stdio(false);
  try {
    return headroom::runCli({argv + 1, argv + argc}, std::cin, std::cout, std::cerr);
  } catch (const std::bad_alloc&) {  // everything else is a Result
    std::cerr << "headroom-cli: There is not enough memory for this.\n";
  } catch (const std::exception& e) {
    std::cerr << "headroom-cli: This should not have happened (" << e.what() << "); please report it.\n";
  }
  return 3;
}
