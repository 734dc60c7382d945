#include "app/cli/window_program.h"

#include <array>
#include <filesystem>

#include "core/base/text_file.h"

#ifndef _WIN32
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

extern char** environ;  // NOLINT(readability-redundant-declaration)
#endif

namespace headroom {
namespace {

tl::unexpected<Error> notInstalled() {
  return fail(
      ErrorCode::unsupported,
      "A PDF is made by the program with the window, headroom, which is not installed here; write the report as "
      ".html, which any browser prints into a PDF.",
      "--output");
}

#ifndef _WIN32
std::string programPath() {
  std::error_code ignored;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const std::filesystem::path beside = self.parent_path() / "headroom";
  return !self.empty() && std::filesystem::exists(beside, ignored) ? beside.string() : "headroom";
}
#endif

}  // namespace

#ifdef _WIN32
Result<void> printReport(const std::string&, const std::string&) {
  return notInstalled();
}
#else
Result<void> printReport(const std::string& page, const std::string& pdf) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return fail(ErrorCode::io, std::strerror(errno), pdf);
  ::fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  ::posix_spawn_file_actions_addclose(&actions, ends[0]);
  std::string program = programPath(), option = "--report=" + pdf, input = "-";
  std::array<char*, 4> words{program.data(), option.data(), input.data(), nullptr};
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, program.c_str(), &actions, nullptr, words.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[0]);
  if (failed != 0) {
    ::close(ends[1]);
    return failed == ENOENT ? notInstalled() : fail(ErrorCode::io, std::strerror(failed), program);
  }
  // A child that ends before it has read everything is a failure, not the end of this program.
  void (*const before)(int) = std::signal(SIGPIPE, SIG_IGN);
  const bool told = writeAll(ends[1], page);
  ::close(ends[1]);
  std::signal(SIGPIPE, before);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (told && WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return fail(ErrorCode::io, "The PDF could not be made by " + program + ".", pdf);
}
#endif

}  // namespace headroom
