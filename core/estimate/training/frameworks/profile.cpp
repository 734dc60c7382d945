#include "core/estimate/training/frameworks/profile.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <vector>

#include "core/estimate/training/frameworks/frameworks.h"
#include "core/scenario/training_codes.h"

namespace headroom::training {
namespace {

int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool isDigit(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

const FrameworkProfile* named(std::string_view id) {
  for (const auto& group : {pytorchProfiles(), huggingFaceProfiles(), litgptProfiles(), megatronProfiles()})
    for (const FrameworkProfile& p : group)
      if (p.id == id) return &p;
  return nullptr;
}

}  // namespace

ProfileChoice profileOf(const Settings& settings) {
  // By the code's place in the registry; nullptr where nobody has written one.
  static const std::vector<const FrameworkProfile*> byCode = [] {
    std::vector<const FrameworkProfile*> out;
    for (const TrainingCodeRow& code : trainingCodes()) out.push_back(named(code.profile));
    return out;
  }();
  if (settings.code != nullptr)
    if (const FrameworkProfile* own = byCode[static_cast<std::size_t>(settings.code - trainingCodes().data())])
      return {own, true};
  return {&pytorchProfiles().front(), settings.framework.empty()};
}

FusedExperts fusedExpertsOf(const FrameworkProfile& profile, const Settings& settings, const PrintedAge& age) {
  const auto* format = std::get_if<NumberFormat>(&settings.weights);
  const bool bitsandbytes = format != nullptr && (*format == NumberFormat::nf4 || *format == NumberFormat::nf4_dq ||
                                                  *format == NumberFormat::bnb_int8);
  const EngineVersion transformers = versionOf(settings.packages, Package::transformers);
  const bool separate = transformers.known ? transformers.before(5, 0) : age.before(2026);
  return bitsandbytes && !separate ? profile.fusedExperts : FusedExperts::separate;
}

PrintedAge ageOf(std::string_view text) {
  PrintedAge age;
  constexpr std::string_view kTorch = "torch 2.";
  if (const std::size_t at = text.find(kTorch); at != std::string_view::npos) {
    const std::size_t minor = at + kTorch.size();
    age.torchMinor = digits(text, minor, isDigit(text, minor + 1) ? 2 : 1);
  }
  for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
    if (i > 0 && (isDigit(text, i - 1) || std::isalpha(static_cast<unsigned char>(text[i - 1])) != 0) &&
        text.substr(0, i).rfind("dev") != i - 3)
      continue;
    const int year = digits(text, i, 4);
    if (year < 2015 || year > 2099) continue;
    int month = 0;
    if (i + 4 < text.size() && text[i + 4] == '-') month = std::max(0, digits(text, i + 5, 2));
    if (i + 4 < text.size() && text[i + 4] == '.')
      month = std::max(0, digits(text, i + 5, isDigit(text, i + 6) ? 2 : 1));
    if (digits(text, i, 8) > 0) month = digits(text, i + 4, 2);
    if (month < 0 || month > 12) month = 0;
    if (year > age.year || (year == age.year && month > age.month)) age.year = year, age.month = month;
  }
  return age;
}

}  // namespace headroom::training
