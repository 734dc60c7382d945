// One line about a model: what a person would say of it.
#pragma once

#include <QString>

#include "core/model/model.h"

namespace headroom::ui {

// "GQA, 8 KV heads", "MLA", "MQA", "MHA", "hybrid": how most of its layers attend.
QString attentionSummary(const Model& model);

// "8.03 B parameters · 32 layers · GQA, 8 KV heads · 128K context"
QString modelSummary(const Model& model);

}  // namespace headroom::ui
