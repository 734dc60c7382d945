#include "core/readers/input_text.h"

#include <fmt/format.h>

#include <istream>

#include "core/base/gzip.h"
#include "core/base/input_file.h"
#include "core/base/pickle.h"
#include "core/base/text_file.h"

namespace headroom {
namespace {

constexpr std::string_view kWeights = "GGUF";

}  // namespace

Result<InputText> readInputText(const std::string& path) {
  const auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  std::istream in(file->get());
  InputText out;
  std::string bytes;
  std::int64_t most = kMaxTextFile;
  std::string block(std::size_t{1} << 16, '\0');
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())), in.gcount() > 0) {
    bytes.append(block, 0, static_cast<std::size_t>(in.gcount()));
    if (bytes.starts_with(kWeights)) return InputText{std::move(bytes), false};
    if (most == kMaxTextFile && Pickle::begins(bytes)) most = kMaxSnapshot;
    if (static_cast<std::int64_t>(bytes.size()) <= most) continue;
    if (most == kMaxSnapshot || isGzip(bytes))
      return fail(ErrorCode::io, fmt::format("It is larger than {} MiB.", most >> 20), path);
    bytes.resize(bytes.rfind('\n', static_cast<std::size_t>(most) - 1) + 1);  // none: nothing is left
    out.whole = false;
    break;
  }
  if ((*file)->error()) return tl::unexpected(*(*file)->error());
  if (out.whole && in.bad()) return fail(ErrorCode::io, "It could not be read to its end.", path);
  if (isGzip(bytes)) {
    Result<std::string> unpacked = unpackedGzip(bytes, path, kMaxTextFile);
    if (!unpacked) return tl::unexpected(unpacked.error());
    bytes = std::move(*unpacked);
  }
  Result<std::string> text = plainText(std::move(bytes), path, static_cast<std::size_t>(most));
  if (!text) return tl::unexpected(text.error());
  out.text = std::move(*text);
  return out;
}

Result<LogReading> readLogFile(const std::string& path) {
  const Result<InputText> input = readInputText(path);
  if (!input) return tl::unexpected(input.error());
  Result<LogReading> log = readLog(input->text, path);
  if (log && !input->whole) log->notes.emplace_back(kFirstPart);
  return log;
}

Result<std::string> plainText(std::string bytes, std::string_view where, std::size_t most) {
  if (bytes.size() > most)
    return fail(ErrorCode::value, fmt::format("More than {} MiB of text are not read.", most >> 20),
                std::string(where));
  if (bytes.starts_with("\xef\xbb\xbf")) return bytes.substr(3);
  const bool little = bytes.starts_with("\xff\xfe"), big = bytes.starts_with("\xfe\xff");
  if (!little && !big) return bytes;
  std::string out;
  const auto unit = [&](std::size_t at) {
    const auto low = static_cast<unsigned char>(bytes[at + (little ? 0 : 1)]);
    const auto high = static_cast<unsigned char>(bytes[at + (little ? 1 : 0)]);
    return static_cast<char32_t>(high << 8 | low);
  };
  for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
    char32_t c = unit(at);
    if (c >= 0xd800 && c < 0xdc00 && at + 3 < bytes.size()) {
      const char32_t low = unit(at + 2);
      if (low >= 0xdc00 && low < 0xe000) c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00), at += 2;
    }
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xc0 | c >> 6), out += static_cast<char>(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xe0 | c >> 12), out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
      out += static_cast<char>(0x80 | (c & 0x3f));
    } else {
      out += static_cast<char>(0xf0 | c >> 18), out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
      out += static_cast<char>(0x80 | (c >> 6 & 0x3f)), out += static_cast<char>(0x80 | (c & 0x3f));
    }
  }
  return out;
}

}  // namespace headroom
