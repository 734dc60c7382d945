// The text of a file that may hold anything: compressed, UTF-16, a picture of memory, a log that ran for weeks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/readers/logs/log_reader.h"

namespace headroom {

// A snapshot of a step with the stacks of its allocations is tens of MiB, of a whole run hundreds.
constexpr std::int64_t kMaxSnapshot = std::int64_t{256} << 20;

// The note of a log that goes on beyond what was read of it.
constexpr std::string_view kFirstPart =
    "Only the first 64 MiB of the log were read; what it says behind them, a later start too, is not seen.";

struct InputText {
  std::string text;
  // False where the file goes on: its first kMaxTextFile bytes to the end of a line. Only of a log they say something.
  bool whole = true;
};

// Of a file of GGUF weights only how it begins. Errors: as readTextFile and plainText; of a snapshot more than
// kMaxSnapshot.
Result<InputText> readInputText(const std::string& path);

// A log of any length, or a snapshot; `notes` says where only the first part of one was read. Errors: as readLog.
Result<LogReading> readLogFile(const std::string& path);

// Bytes of a file as UTF-8 text: a byte order mark is dropped, UTF-16 is undone. Errors: more than `most` bytes.
Result<std::string> plainText(std::string bytes, std::string_view where, std::size_t most);

}  // namespace headroom
