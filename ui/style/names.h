// How people spell what a scenario file writes in small letters: vLLM, AdamW 8-bit, ZeRO-3.
#pragma once

#include <QString>
#include <string_view>

namespace headroom::ui {

// The usual spelling of the identifier of an engine, a framework, an optimizer, a sharding, a method or a workload;
// an identifier that is its own spelling (flash, selective, bf16) comes back as it is.
QString spelled(std::string_view id);

}  // namespace headroom::ui
