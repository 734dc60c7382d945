#include <gtest/gtest.h>

#include <sstream>

#include "app/cli/run_cli.h"

namespace headroom {
namespace {

TEST(Cli, WithoutACommandSaysSoAndExitsWithUsage) {
  std::istringstream in;
  std::ostringstream out, err;
  EXPECT_EQ(runCli({}, in, out, err), 2);
  EXPECT_FALSE(err.str().empty());
}

}  // namespace
}  // namespace headroom
