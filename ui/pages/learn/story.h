// Worked stories: questions that people begin with, each a document of several scenarios to open and turn around.
#pragma once

#include <QString>
#include <span>

#include "core/base/result.h"
#include "ui/document/work.h"

namespace headroom::ui {

struct Story {
  const char* id;  // resources/stories/<id>.headroom.json
  const char* title;
  const char* text;  // what to look at; translated in context "Story"
  bool first;        // offered at the first start
};

std::span<const Story> stories();
QString titleOf(const Story& story);
QString textOf(const Story& story);
Result<Work> workOf(const Story& story, const Work& usual);

}  // namespace headroom::ui
