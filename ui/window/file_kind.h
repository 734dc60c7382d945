// What a file is, and what a new one is called.
#pragma once

#include <QString>

#include "core/scenario/scenario.h"

namespace headroom::ui {

// True for a file that says it is a Headroom scenario: by its name, or by its "headroom" key. Everything else is taken
// for a model.
bool isScenarioFile(const QString& path);

// True for text that a server may have logged, by its name: .log, .txt, .out.
bool isLogFile(const QString& path);

// True for a training code's configuration: YAML, or JSON that looks like DeepSpeed's or PEFT's.
bool isRecipeFile(const QString& path);

// "llama-3.1-8b_8k_rtx-4090": a file name, without ending, that says what is in it.
QString baseNameOf(const Scenario& scenario);

// The same in a folder, as a scenario file.
QString suggestedName(const Scenario& scenario, const QString& folder);

}  // namespace headroom::ui
