// KeyedSetting: a setting that is known by its key in the scenario file alone: what it is called, what it changes and
// where it stands among the inputs. What may be said of it, its default and the default's reason are the core's
// (core/open/said_key.h, core/scenario/settings.h).
#pragma once

#include <span>
#include <string_view>

#include "ui/document/field.h"

namespace headroom::ui {

// The folded sections of the inputs, in their order.
enum class Section { precision, engine, extras, options, training, step, reinforcement, parallel, sharding, reserve };
constexpr int kSectionCount = 10;

struct KeyedSetting {
  std::string_view key;  // "training.loss_rows"
  Section section;
  const char* label;  // translated in context "Field"
  const char* tip;    // translated in context "Option"
};

std::span<const KeyedSetting> keyedSettings();

// Field and setting of one another; nullptr for fields that are no keyed setting.
Field fieldOf(const KeyedSetting& setting);
const KeyedSetting* keyedSetting(Field field);

// The key of the scenario file that a field is, "precision.kv_cache"; empty for what is none.
std::string_view keyOf(Field field);

}  // namespace headroom::ui
