#include "core/readers/commands/launch_words.h"

#include <fmt/format.h>

namespace headroom {

std::string quotedForShell(const std::string& word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,=@+%";
  if (!word.empty() && word.find_first_not_of(kPlain) == word.npos) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

Words& Words::add(std::string_view option, const std::string& value) {
  text_ += fmt::format(" {} {}", option, quotedForShell(value));
  return *this;
}

Words& Words::flag(std::string_view option) {
  text_ += fmt::format(" {}", option);
  return *this;
}

std::string modelName(const Scenario& s) {
  if (const auto* m = std::get_if<CatalogueModel>(&s.reference)) return m->id;
  if (const auto* m = std::get_if<HubModel>(&s.reference)) return m->id;
  if (const auto* m = std::get_if<FileModel>(&s.reference)) return m->path;
  if (const auto* m = std::get_if<ConfigModel>(&s.reference)) return m->name;
  return {};
}

std::string draftName(const Scenario& s) {
  if (!s.speculative || !s.speculative->reference) return {};
  Scenario draft;
  draft.reference = *s.speculative->reference;
  return modelName(draft);
}

std::string ggufTag(const Scenario& s) {
  const NumberFormat* format = s.model != nullptr && !s.model->quantization ? &s.model->dtype : nullptr;
  if (s.precision.weights) {
    if (const auto* type = std::get_if<GgufFileType>(&*s.precision.weights)) return std::string(info(*type).name);
    format = std::get_if<NumberFormat>(&*s.precision.weights);
  }
  if (format == nullptr) return {};
  switch (*format) {
    case NumberFormat::bf16:
      return "BF16";
    case NumberFormat::fp16:
      return "F16";
    case NumberFormat::fp32:
      return "F32";
    default:
      return {};
  }
}

std::string ggmlWord(NumberFormat f) {
  return f == NumberFormat::fp16 ? std::string("f16") : f == NumberFormat::fp32 ? "f32" : std::string(info(f).id);
}

std::string valueText(const AskedOption& o) {
  if (const auto* on = std::get_if<bool>(&o.value)) return *on ? "true" : "false";
  if (const auto* n = std::get_if<std::int64_t>(&o.value)) return std::to_string(*n);
  if (const auto* x = std::get_if<double>(&o.value)) return fmt::format("{:g}", *x);
  if (const auto* json = std::get_if<AskedOption::Json>(&o.value)) return json->text;
  return std::get<std::string>(o.value);
}

}  // namespace headroom
