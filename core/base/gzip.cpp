#include "core/base/gzip.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>

namespace headroom {

bool isGzip(std::string_view bytes) {
  return bytes.size() > 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

std::string packedGzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int kWithGzipHeader = 15 + 16;
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kWithGzipHeader, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

Result<std::string> unpackedGzip(std::string_view bytes, std::string_view where, std::int64_t most) {
  z_stream stream{};
  constexpr int kWithGzipHeader = 15 + 16;
  if (inflateInit2(&stream, kWithGzipHeader) != Z_OK)
    return fail(ErrorCode::io, "There is no memory to unpack it.", std::string(where));
  std::string out;
  char block[1 << 14];
  bool tooLong = false;
  int state = Z_OK;
  while ((state == Z_OK || state == Z_STREAM_END) && (stream.avail_in > 0 || !bytes.empty()) && !tooLong) {
    if (stream.avail_in == 0) {
      const std::size_t part = std::min<std::size_t>(bytes.size(), std::size_t{1} << 20);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
      stream.avail_in = static_cast<uInt>(part);
      bytes.remove_prefix(part);
    }
    if (state == Z_STREAM_END && inflateReset(&stream) != Z_OK) break;  // another part behind the first
    do {
      stream.next_out = reinterpret_cast<Bytef*>(block);
      stream.avail_out = sizeof block;
      state = inflate(&stream, Z_NO_FLUSH);
      out.append(block, sizeof block - stream.avail_out);
      tooLong = static_cast<std::int64_t>(out.size()) > most;
    } while (state == Z_OK && stream.avail_out == 0 && !tooLong);
    if (state == Z_BUF_ERROR) state = Z_OK;
  }
  inflateEnd(&stream);
  if (tooLong)
    return fail(ErrorCode::io, fmt::format("It unpacks to more than {} MiB.", most >> 20), std::string(where));
  if (out.empty())
    return fail(ErrorCode::io, "It begins like a gzip file, but holds nothing that unpacks.", std::string(where));
  return out;
}

}  // namespace headroom
