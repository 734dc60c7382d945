// Writes small safetensors files for tests: true headers, data of zeros.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace headroom::test {

struct WrittenTensor {
  std::string name, dtype;
  std::vector<std::int64_t> shape;
  std::uint64_t bytes = 0;
};

// The eight length bytes and the header; `header` replaces the JSON that the tensors would give when it is not empty.
inline std::string safetensorsHeader(const std::vector<WrittenTensor>& tensors, std::string header = {}) {
  if (header.empty()) {
    nlohmann::json json = nlohmann::json::object();
    std::uint64_t at = 0;
    for (const WrittenTensor& t : tensors) {
      json[t.name] = {{"dtype", t.dtype}, {"shape", t.shape}, {"data_offsets", {at, at + t.bytes}}};
      at += t.bytes;
    }
    header = json.dump();
  }
  std::string bytes(8, '\0');
  for (std::size_t i = 0, n = header.size(); i < 8; ++i, n >>= 8) bytes[i] = static_cast<char>(n & 0xff);
  return bytes + header;
}

inline void writeSafetensors(const std::string& path, const std::vector<WrittenTensor>& tensors) {
  const std::string head = safetensorsHeader(tensors);
  std::ofstream(path, std::ios::binary) << head;
  std::uint64_t size = head.size();
  for (const WrittenTensor& t : tensors) size += t.bytes;
  std::filesystem::resize_file(path, size);  // the data is a hole: headers are all that is read
}

}  // namespace headroom::test
