#include "core/formats/quantization/section_file.h"

#include "core/formats/config/config_document.h"

namespace headroom {

bool hasQuantization(std::string_view config) {
  const auto document = ConfigDocument::parse(config, "config.json");
  if (!document) return true;  // what cannot be read says so elsewhere
  constexpr std::string_view kKeys = "quantization_config compression_config quantization";
  const Config root = document->root();
  return root.isObject(kKeys) || root.child("text_config llm_config language_config").isObject(kKeys);
}

Result<std::string> withSection(std::string_view config, std::string_view section, std::string_view where) {
  if (const auto document = ConfigDocument::parse(section, where); !document) return tl::unexpected(document.error());
  std::string text(config);
  const std::size_t end = text.rfind('}');
  const std::size_t last = end == std::string::npos ? end : text.find_last_not_of(" \t\r\n", end - 1);
  if (last == std::string::npos) return text;
  // Put in as text, so that the order of its keys stays.
  std::string member = text[last] == '{' ? "" : ",";
  member += "\"quantization_config\":";
  member += section;
  return text.insert(end, member);
}

}  // namespace headroom
