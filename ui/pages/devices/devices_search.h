// DevicesSearch: looks for what runs the document's scenario, off the window's thread: which machines are asked, and
// what came of it.
#pragma once

#include <QObject>
#include <QString>
#include <optional>
#include <vector>

#include "core/analysis/devices.h"
#include "ui/document/background.h"
#include "ui/document/snapshot.h"

namespace headroom::ui {

// Whether a filter lets an answer pass; every word of it has to stand in one of the machine's names.
bool passes(const DevicesFilter& filter, const DeviceAnswer& answer);

class DevicesSearch : public QObject {
  Q_OBJECT

 public:
  // Where accelerators of this machine are looked for.
  explicit DevicesSearch(DetectionPlaces places, QObject* parent = nullptr);

  // found() follows where this is another question than before.
  void ask(const Snapshot& snapshot);
  // Looks for this machine's accelerators; found() follows.
  void detect();

  // What was found, in the order of the catalogue; stays until something newer is known.
  const std::vector<DeviceAnswer>& answers() const { return answers_; }
  const std::vector<DeviceAnswer>& answersHere() const { return here_; }
  const std::optional<std::vector<DetectedAccelerator>>& detected() const { return detected_; }
  // What the answers answer; its limits are known last.
  const DeviceQuestion& question() const { return answered_; }
  bool busy() const { return work_.busy() || detection_.busy(); }

 Q_SIGNALS:
  void found();

 private:
  void search(bool limits);

  DetectionPlaces places_;
  Background detection_, work_;
  Scenario scenario_;
  std::vector<Machine> machines_;  // of the question, without this machine's
  DeviceQuestion question_, answered_;
  bool asked_ = false;
  std::vector<DeviceAnswer> answers_, here_;
  std::optional<std::vector<DetectedAccelerator>> detected_;
};

}  // namespace headroom::ui
