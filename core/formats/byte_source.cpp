#include "core/formats/byte_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace headroom {

FileSource::FileSource(const std::string& path) {
  const auto refuse = [&](ErrorCode code, std::string message) { error_ = {code, std::move(message), path}; };
  if (path.find('\0') == std::string::npos)
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  else
    errno = ENOENT;  // another name to the system
  const int why = errno;
  if (descriptor_ < 0) {
    const bool missing = why == ENOENT || why == ENOTDIR;
    refuse(missing ? ErrorCode::not_found : ErrorCode::io,
           missing ? "There is no such file." : fmt::format("The file cannot be opened: {}.", std::strerror(why)));
    return;
  }
  struct stat status {};
  if (::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode)) {
    size_ = static_cast<std::uint64_t>(status.st_size);
    return;
  }
  // A pipe or a device has no header to read; O_NONBLOCK kept it from waiting.
  ::close(descriptor_);
  descriptor_ = -1;
  refuse(ErrorCode::io, S_ISDIR(status.st_mode) ? "This is a folder, not a file." : "This is not a regular file.");
}

FileSource::~FileSource() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool FileSource::read(std::uint64_t offset, std::span<char> to) {
  if (offset > size_ || to.size() > size_ - offset) return false;
  while (!to.empty()) {
    const ssize_t got = ::pread(descriptor_, to.data(), to.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;  // 0: the file was cut short since it was opened
    offset += static_cast<std::uint64_t>(got);
    to = to.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

}  // namespace headroom
