// What a document's plan comes to: which layouts are tried, and the table of those worth a look. Pure functions.
#pragma once

#include "core/analysis/plan.h"
#include "ui/document/planned.h"
#include "ui/document/snapshot.h"
#include "ui/tables/sheet.h"

namespace headroom::ui {

// A part of a layout that a plan varies; its id as a document's file and headroom-cli name it.
struct PlanPart {
  const char* id;
  QString label, tip;
};
std::vector<PlanPart> planParts();
// How many values of a part the axes hold.
std::size_t valuesOfPart(const PlanAxes& axes, const std::string& id);

// Everything that could be varied, and what is once the kept parts are as the scenario has them.
PlanAxes wholeAxes(const Scenario& scenario, const PlanAsked& asked);
PlanAxes axesOf(const Scenario& scenario, const PlanAsked& asked);

// Why there is no plan for this scenario; empty where there is.
QString noPlan(const Scenario& scenario, const PlanAxes& axes);

// The least fleet, twice, four times … as large, in which some layout fits; 0 where none within reach does.
std::int64_t fleetThatFits(const Scenario& scenario, const PlanAsked& asked, const std::stop_token& stop);

// "TP 2 · PP 4 · DP 8"
QString layoutName(const Layout& layout);
PlanPicturePtr planPicture(const Scenario& scenario, const PlanAxes& axes, const Plan& plan, ByteUnit unit);
Sheet planSheet(const Scenario& scenario, const PlanAxes& axes, const Plan& plan, ByteUnit unit);

}  // namespace headroom::ui
