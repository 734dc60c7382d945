// The built program through the shell, in a folder of the test's own.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace headroom {

inline std::string bytesOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

class RunsProgram : public testing::Test {
 protected:
  RunsProgram() : folder(testing::TempDir() + "headroom-program-XXXXXX") {
    EXPECT_NE(::mkdtemp(folder.data()), nullptr);
    std::filesystem::create_directory(folder + "/work");
  }
  ~RunsProgram() override { std::filesystem::remove_all(folder); }
  RunsProgram(const RunsProgram&) = delete;
  RunsProgram& operator=(const RunsProgram&) = delete;

  // `command` in bash, in the folder `work`, where $cli is the program, with at most half a minute (124 beyond);
  // `errors` gets what it said, `output` what it printed.
  int sh(const std::string& command) {
    const std::string cli = std::string(HEADROOM_BINARY_DIR) + "/bin/headroom-cli";
    std::ofstream(folder + "/script") << "cli='timeout 30 " << cli << "'; cd " << work() << "; " << command;
    const int status =
        std::system(("bash " + folder + "/script > " + folder + "/output 2> " + folder + "/errors").c_str());
    errors = bytesOf(folder + "/errors");
    output = bytesOf(folder + "/output");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::string work() const { return folder + "/work"; }
  // One message of what went wrong; what a recipe cannot say stands in lines of its own before it.
  void expectOneMessage(const std::string& text) const {
    std::istringstream lines(errors);
    std::size_t messages = 0;
    for (std::string line; std::getline(lines, line);) messages += !line.starts_with("Nothing in the recipe");
    EXPECT_EQ(messages, 1u) << errors;
    EXPECT_NE(errors.find(text), std::string::npos) << errors;
  }

  std::string folder;
  std::string errors, output;
};

}  // namespace headroom
