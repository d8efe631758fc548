// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/project_store.h"

namespace ui
{

/// Opens, or makes, the project that a request asks for and brings its pictures in; `file` becomes
/// the new project, or stays what it was when this throws core::Error. A project that is open
/// already is not opened twice. Takes as long as the disk takes: not for the GUI thread.
OpenedProject openProject(const OpenRequest &request, std::shared_ptr<project::ProjectFile> &file);

} // namespace ui
