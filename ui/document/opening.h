// Opening: what came through a door of the window (a drop, the clipboard, Open…, a file named at the start), read by
// the one reader of core, and what the scenario becomes by it.
#pragma once

#include <QString>
#include <QStringList>
#include <string>

#include "core/base/result.h"
#include "core/readers/reading.h"
#include "core/scenario/scenario.h"

namespace headroom {
struct HubOptions;
}

namespace headroom::ui {

struct Opening {
  Reading reading;
  std::string text;    // what was read, where an answer or an error needs it
  QString path;        // the file; empty for a text
  QString name;        // "server.log", "the clipboard"
  std::string where;   // in errors
  std::string folder;  // where relative paths start
};

// Errors: nothing that is known, with what would be.
Result<Opening> openingOfFile(const QString& path);
Result<Opening> openingOfText(const QString& text, const QString& name);

enum class OpeningKind { scenario, copy, model, log, settings };
// copy: a report or a link, which restore what they were made of; settings: a command, a recipe, a script: what it says
// lies over the scenario.
OpeningKind kindOf(const Reading& reading);

// True where it names a model.
bool saysModel(const Opening& opening);
// True where its model, or its draft's, must be asked of a hub.
bool asksHub(const Opening& opening);
// What `current` becomes: the model alone for a model; else what the text says, with name, devices and reserve kept
// where it says nothing of them, and the model where it names none. Asks `hub` where it must.
Result<Scenario> scenarioAfter(const Opening& opening, const Scenario& current, const HubOptions& hub);
// The same with the model kept, for a model that cannot be had.
Result<Scenario> scenarioWithoutModel(const Opening& opening, const Scenario& current, const HubOptions& hub);

// What it was taken for, what was left out of it though memory depends on it, what was assumed, what else was left out:
// a line each.
QStringList answerOf(const Opening& opening);

}  // namespace headroom::ui
