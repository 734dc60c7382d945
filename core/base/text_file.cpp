#include "core/base/text_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace headroom {
namespace fs = std::filesystem;

Result<std::string> readTextFile(const std::string& path, std::int64_t most) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return fail(ErrorCode::not_found, "There is no such file.", path);
  if (status.type() == fs::file_type::directory) return fail(ErrorCode::io, "This is a folder, not a file.", path);
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::io, "The file cannot be opened: " + std::string(std::strerror(errno)) + ".", path);
  std::string bytes;
  char block[1 << 16];
  while (file.read(block, sizeof block), file.gcount() > 0) {
    bytes.append(block, static_cast<std::size_t>(file.gcount()));
    if (static_cast<std::int64_t>(bytes.size()) > most)
      return fail(ErrorCode::io, "The file is larger than " + std::to_string(most >> 20) + " MiB.", path);
  }
  if (file.bad()) return fail(ErrorCode::io, "The file could not be read to its end.", path);
  return bytes;
}

Result<void> writeFileAtomically(const std::string& path, std::string_view bytes) {
  const std::string temporary = path + ".part";
  const auto failed = [&] {
    const std::string why = std::strerror(errno);
    std::remove(temporary.c_str());
    return fail(ErrorCode::io, "The file cannot be written: " + why + ".", path);
  };
  std::FILE* file = std::fopen(temporary.c_str(), "wb");
  if (file == nullptr) return failed();
  bool good = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() && std::fflush(file) == 0;
#if defined(__unix__) || defined(__APPLE__)
  // Without it a crash may leave the new name with none of the bytes.
  good = good && fsync(fileno(file)) == 0;
#endif
  good = std::fclose(file) == 0 && good;
  if (!good) return failed();
  std::error_code error;
  fs::rename(temporary, path, error);
  if (error) return errno = error.value(), failed();
  return {};
}

}  // namespace headroom
