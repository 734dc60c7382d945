// What a file is, and what a new one is called.
#pragma once

#include <QString>

namespace headroom::ui {

class Document;

// True for a file that says it is a Headroom scenario: by its name, or by its "headroom" key. Everything else is taken
// for a model.
bool isScenarioFile(const QString& path);

// What the user calls the document: its file's name without endings, else the name given to its only scenario; empty
// where nobody has named it.
QString givenName(const Document& document);

// A file name, without ending, for what is made of the document: as the user calls it, else what is in it
// ("llama-3.1-8b_8k_rtx-4090").
QString baseNameOf(const Document& document);

// The same in a folder, as a scenario file.
QString suggestedName(const Document& document, const QString& folder);

}  // namespace headroom::ui
