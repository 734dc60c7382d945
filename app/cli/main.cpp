#include <iostream>

#include "app/cli/run_cli.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  return headroom::runCli({argv + 1, argv + argc}, std::cin, std::cout, std::cerr);
}
