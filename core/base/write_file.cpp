// writeFileAtomically (text_file.h).
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <random>
#include <system_error>
#include <utility>

#include "core/base/text_file.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

// A descriptor that is closed on every way out.
struct Descriptor {
  explicit Descriptor(int opened) : number(opened) {}
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  // Some file systems (NFS, quotas) report only here that the bytes did not fit.
  bool close() { return ::close(std::exchange(number, -1)) == 0; }
  int number;
};

tl::unexpected<Error> refused(int reason, const std::string& path) {
  return fail(ErrorCode::io, fmt::format("The file cannot be written: {}.", std::strerror(reason)), path);
}

// Terminals, pipes and files that are open already are written to as they are: there is nothing to replace.
Result<bool> writeThrough(const std::string& path, std::string_view bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.number < 0)
    return errno == ENXIO ? fail(ErrorCode::io, "Nobody reads from this pipe; the file was not written.", path)
                          : refused(errno, path);
  ::fcntl(file.number, F_SETFL, ::fcntl(file.number, F_GETFL) & ~O_NONBLOCK);
  if (!writeAll(file.number, bytes) || !file.close()) return refused(errno, path);
  return true;
}

// Where a path leads: the links followed by hand, because the end need not be there yet.
struct Place {
  fs::path target;
  bool open = false;  // it names a file some program has open (/proc/self/fd/1, which /dev/stdout leads to)
  std::error_code error;
};

Place follow(fs::path path) {
  constexpr int kMostLinks = 40;  // as the Linux kernel follows
  Place place{std::move(path), false, {}};
  for (int n = 0; n <= kMostLinks; ++n) {
    const std::string& name = place.target.native();
    if (name.starts_with("/proc/") || name.starts_with("/dev/fd/")) place.open = true;
    std::error_code none;
    if (place.open || !fs::is_symlink(fs::symlink_status(place.target, none))) return place;
    const fs::path next = fs::read_symlink(place.target, place.error);
    if (place.error) return place;
    place.target = next.is_absolute() ? next : place.target.parent_path() / next;
  }
  place.error = std::make_error_code(std::errc::too_many_symbolic_link_levels);
  return place;
}

// A name nobody else uses: two programs that save at once each have their own.
fs::path temporaryBeside(const fs::path& target) {
  std::random_device random;
  return target.parent_path() / fmt::format(".headroom-{:08x}{:08x}.tmp", random(), random());
}

// The folder a file lies in. One of us at a time puts a file there, so that nobody comes between comparing what lies
// there and replacing it. Where the file system knows no locks, or another program keeps one, it goes on without.
class Folder {
 public:
  explicit Folder(const fs::path& path)
      : descriptor_(::open(path.empty() ? "." : path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    constexpr int kTries = 200, kPauseUs = 5'000;
    for (int i = 0; i < kTries && ::flock(descriptor_.number, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK; ++i)
      ::usleep(kPauseUs);
  }
  // The new name reaches the disk with its folder. Not every file system can say so, and the file is whole either way.
  void sync() const { ::fsync(descriptor_.number); }

 private:
  Descriptor descriptor_;  // closing it unlocks
};

// Gives the new file what the old one had. A group that cannot be kept must not inherit what the old one was allowed.
bool takeOver(int descriptor, const struct stat& old) {
  struct stat now {};
  if (::fstat(descriptor, &now) != 0) return false;
  mode_t mode = old.st_mode & 07777;
  if (now.st_uid != old.st_uid || now.st_gid != old.st_gid) {
    const bool owned = ::fchown(descriptor, old.st_uid, old.st_gid) == 0;
    const bool grouped =
        owned || now.st_gid == old.st_gid || ::fchown(descriptor, static_cast<uid_t>(-1), old.st_gid) == 0;
    if (!owned) mode &= ~static_cast<mode_t>(S_ISUID);
    if (!grouped) mode &= ~static_cast<mode_t>(S_ISGID | S_IRWXG);
  }
  return ::fchmod(descriptor, mode) == 0;
}

// A time no other file gets: the file system's own clock ticks every 4 ms, and a number of a file that was replaced is
// given to the next one, so that two writers within a tick could look like none.
// Not every file system keeps it.
bool stampNow(int descriptor) {
  timespec times[2] = {{0, UTIME_OMIT}, {}};
  if (::clock_gettime(CLOCK_REALTIME, &times[1]) == 0) ::futimens(descriptor, times);
  return true;
}

// What is to be put in a file's place.
struct NewFile {
  std::string_view bytes;
  std::uint64_t size = 0;              // beyond the bytes a hole
  const struct stat* old = nullptr;    // what is there
  std::optional<FileStamp>* expected;  // what must be there; becomes what is
};

Result<bool> replace(const std::string& path, const fs::path& target, const NewFile& made) {
  fs::path temporary;
  int number = -1;
  for (int tries = 0; number < 0 && tries < 16; ++tries) {
    temporary = temporaryBeside(target);
    number = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                    made.old != nullptr ? made.old->st_mode & 0777 : 0666);
    if (number < 0 && errno != EEXIST) return refused(errno, path);
  }
  if (number < 0) return refused(EEXIST, path);
  Descriptor file(number);
  struct stat status {};
  const bool filled =
      writeAll(file.number, made.bytes) &&
      (made.size <= made.bytes.size() || ::ftruncate(file.number, static_cast<off_t>(made.size)) == 0) &&
      (made.old == nullptr || takeOver(file.number, *made.old)) && stampNow(file.number) && ::fsync(file.number) == 0 &&
      ::fstat(file.number, &status) == 0 && file.close();
  int reason = filled ? 0 : errno;
  if (filled) {
    const Folder folder(target.parent_path());
    const bool compares = made.expected != nullptr && *made.expected;
    if (compares && stampOf(path) != *made.expected) {
      ::unlink(temporary.c_str());
      return false;
    }
    if (std::rename(temporary.c_str(), target.c_str()) == 0) {
      folder.sync();
      if (made.expected != nullptr) *made.expected = stampOf(status);
      return true;
    }
    reason = errno;
  }
  ::unlink(temporary.c_str());
  return refused(reason, path);
}

Result<bool> write(const std::string& path, NewFile made) {
  if (path.empty()) return refused(ENOENT, path);
  if (path.find('\0') != std::string::npos) return refused(EINVAL, path);
  struct stat status {};
  const bool there = ::stat(path.c_str(), &status) == 0;
  if (!there && errno != ENOENT) return refused(errno, path);
  if (there && S_ISDIR(status.st_mode)) return fail(ErrorCode::io, "This is a folder, not a file.", path);
  if (there && (S_ISBLK(status.st_mode) || S_ISSOCK(status.st_mode)))
    return fail(ErrorCode::io, "This is a disk or a socket, not a file; it was left alone.", path);
  const Place place = follow(path);
  if (place.error) return refused(place.error.value(), path);
  if (there && (place.open || !S_ISREG(status.st_mode))) return writeThrough(path, made.bytes);
  if (there && ::access(path.c_str(), W_OK) != 0) return refused(errno, path);
  made.old = there ? &status : nullptr;
  return replace(path, place.target, made);
}

}  // namespace

bool writeAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(descriptor, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

Result<void> writeFileAtomically(const std::string& path, std::string_view bytes, std::uint64_t size) {
  if (const Result<bool> done = write(path, {bytes, size, nullptr, nullptr}); !done)
    return tl::unexpected(done.error());
  return {};
}

Result<bool> writeFileUnchanged(const std::string& path, std::string_view bytes, std::optional<FileStamp>& stamp) {
  return write(path, {bytes, 0, nullptr, &stamp});
}

}  // namespace headroom
