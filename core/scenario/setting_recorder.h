// Fills in settings and writes down why where somebody wants to know. Internal to core/scenario.
#pragma once

#include <type_traits>

#include "core/scenario/settings.h"

namespace headroom {

class SettingRecorder {
 public:
  explicit SettingRecorder(std::vector<Setting>* reasons) : reasons_(reasons) {}

  bool wanted() const { return reasons_ != nullptr; }

  template <typename T>
  void record(std::string_view key, const T& value, SettingOrigin origin, std::string_view why) {
    if (reasons_ != nullptr) reasons_->push_back({key, valueOf(value), origin, why});
  }
  // What was asked, or the default with its origin.
  template <typename T>
  T take(std::string_view key, const std::optional<T>& asked, std::type_identity_t<T> standard, SettingOrigin origin,
         std::string_view why) {
    const T value = asked.value_or(standard);
    if (reasons_ != nullptr)
      record(key, value, asked ? SettingOrigin::asked : origin, asked ? std::string_view() : why);
    return value;
  }

 private:
  template <typename T>
  static SettingValue valueOf(const T& v) {
    if constexpr (std::is_same_v<T, NumberFormat>)
      return WeightFormat(v);
    else if constexpr (std::is_same_v<T, SelectiveOption>)
      return v.every > 0 ? SettingValue(v.every) : SettingValue(std::string_view("op"));
    else if constexpr (std::is_enum_v<T>)
      return nameOf(v);
    else
      return v;
  }

  std::vector<Setting>* reasons_;
};

}  // namespace headroom
