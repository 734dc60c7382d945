// Printed figures ("weights", "host.output", "kv_tokens", "reserved") in words and numbers people read.
#pragma once

#include <QString>
#include <string>

#include "core/base/format.h"

namespace headroom::ui {

// group: the engine or framework whose figure it is; empty for any.
QString figureName(const std::string& figure, const std::string& group = {});

// "14.96 GiB", "209 712": bytes in the unit, counts grouped, bytes per token as they are.
QString figureValue(const std::string& figure, double value, ByteUnit unit);

// "+2.4 %" of predicted ÷ measured − 1.
QString errorText(double error);

}  // namespace headroom::ui
