// A file that is read once from its start to its end, whatever it is: a folder, a pipe nobody writes into and a disk
// that fails are an error, never a hang or an exception.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <streambuf>
#include <string>

#include "core/base/file_stamp.h"
#include "core/base/result.h"

namespace headroom {

class InputFile final : public std::streambuf {
 public:
  // Opens it without waiting. Errors: not_found for a missing file; io for a folder or a refusal.
  static Result<std::unique_ptr<InputFile>> open(const std::string& path);
  ~InputFile() override;
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  // What the file is that these bytes come from.
  const FileStamp& stamp() const { return stamp_; }

  // Why reading ended before the file did: the disk, or a pipe with no writer or with one that is silent for half a
  // minute. To be asked after the last read.
  const std::optional<Error>& error() const { return error_; }

 protected:
  int_type underflow() override;

 private:
  InputFile(int descriptor, bool pipe, FileStamp stamp, std::string path)
      : descriptor_(descriptor), pipe_(pipe), stamp_(stamp), path_(std::move(path)) {}
  bool waitForWriter();
  int_type ended(std::string why);

  int descriptor_;
  bool pipe_, any_ = false;
  FileStamp stamp_;
  std::string path_;
  std::optional<Error> error_;
  std::array<char, 1 << 16> block_;
};

}  // namespace headroom
