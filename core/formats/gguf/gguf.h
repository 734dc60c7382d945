// GGUF files: header, metadata and tensor list of versions 2 and 3, little and big endian, one file or split ones.
// Layout: ggml/include/gguf.h (ggml 0.20.2). Tensor data is never read, so memory stays bounded by the header.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/formats/byte_source.h"
#include "core/formats/name_store.h"
#include "core/model/model.h"

namespace headroom {

// An array of the metadata. Numbers are kept where there are few (per-layer settings); of long arrays and of lists of
// strings (vocabularies) only the length.
struct GgufArray {
  std::uint64_t count = 0;
  std::vector<double> numbers;
};

using GgufValue = std::variant<std::int64_t, double, bool, std::string, GgufArray>;

// `name` points into the GgufHeader it came from.
struct GgufFileTensor {
  std::string_view name;
  std::array<std::int64_t, 4> ne{1, 1, 1, 1};  // ne[0] is contiguous
  NumberFormat format = NumberFormat::fp32;
  std::uint64_t offset = 0;  // from the start of the data
  Bytes bytes;
  std::int64_t elements() const { return ne[0] * ne[1] * ne[2] * ne[3]; }
};

struct GgufHeader {
  std::uint32_t version = 0;
  bool bigEndian = false;
  std::uint64_t alignment = 32;
  std::uint64_t dataStart = 0;  // byte at which tensor data begins
  std::map<std::string, GgufValue, std::less<>> metadata;
  std::vector<GgufFileTensor> tensors;
  TextOwners owners;

  const GgufValue* find(std::string_view key) const;
  std::optional<std::int64_t> integer(std::string_view key) const;  // of an integer, or the first of an array
  std::optional<double> number(std::string_view key) const;
  std::string_view text(std::string_view key) const;  // empty where there is none
  Bytes tensorBytes() const;
};

// Reads a header. `where` names the source in errors. wholeFile: tensors must lie inside the source (false where only
// the front of a file is at hand).
Result<GgufHeader> readGguf(ByteSource& source, std::string_view where, bool wholeFile = true);
Result<GgufHeader> readGguf(std::string_view bytes, std::string_view where, bool wholeFile = true);

// Reads a file, and its siblings where it is one part of a split model: metadata of the first part, tensors of all.
Result<GgufHeader> readGgufFile(const std::string& path);

// The model a header describes: hyper-parameters become a configuration, tensors keep the formats the file stores.
Result<Model> modelFromGguf(const GgufHeader& header, std::string_view name, std::string_view where);
Result<Model> modelFromGgufFile(const std::string& path);

}  // namespace headroom
