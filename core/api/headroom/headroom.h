// Everything of the library.
#pragma once

#include <headroom/catalogue.h>
#include <headroom/estimate.h>
#include <headroom/limits.h>
#include <headroom/report.h>
#include <headroom/result.h>
#include <headroom/scenario.h>
#include <headroom/version.h>
