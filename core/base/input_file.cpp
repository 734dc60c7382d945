#include "core/base/input_file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace headroom {

Result<std::unique_ptr<InputFile>> InputFile::open(const std::string& path) {
  // A name with a NUL in it is another name to the system.
  if (path.find('\0') != std::string::npos) return fail(ErrorCode::not_found, "There is no such file.", path);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) {
    const int why = errno;
    if (why == ENOENT || why == ENOTDIR) return fail(ErrorCode::not_found, "There is no such file.", path);
    return fail(ErrorCode::io, "The file cannot be opened: " + std::string(std::strerror(why)) + ".", path);
  }
  struct stat status {};
  ::fstat(descriptor, &status);
  std::unique_ptr<InputFile> file(new InputFile(descriptor, S_ISFIFO(status.st_mode), stampOf(status), path));
  if (S_ISDIR(status.st_mode)) return fail(ErrorCode::io, "This is a folder, not a file.", path);
  return file;
}

InputFile::~InputFile() {
  ::close(descriptor_);
}

// Only pipes and terminals make a reader wait.
bool InputFile::waitForWriter() {
  constexpr int kSilentMs = 30'000;
  pollfd ready{descriptor_, POLLIN, 0};
  int got = 0;
  while ((got = ::poll(&ready, 1, kSilentMs)) < 0 && errno == EINTR) {
  }
  return got > 0;
}

InputFile::int_type InputFile::ended(std::string why) {
  error_ = Error{ErrorCode::io, std::move(why), path_};
  return traits_type::eof();
}

InputFile::int_type InputFile::underflow() {
  if (error_) return traits_type::eof();
  for (;;) {
    const ssize_t got = ::read(descriptor_, block_.data(), block_.size());
    if (got > 0) {
      any_ = true;
      setg(block_.data(), block_.data(), block_.data() + got);
      return traits_type::to_int_type(block_.front());
    }
    if (got == 0) return pipe_ && !any_ ? ended("Nobody writes into this pipe.") : traits_type::eof();
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!waitForWriter()) return ended("Nothing came out of it for half a minute.");
    } else if (errno != EINTR) {
      return ended("The file cannot be read: " + std::string(std::strerror(errno)) + ".");
    }
  }
}

}  // namespace headroom
