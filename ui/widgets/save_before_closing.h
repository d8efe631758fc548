// SPDX-License-Identifier: Apache-2.0
#pragma once

class QWidget;

namespace ui
{

class Document;
class TaskProgress;

/// Waits until everything is on the disk, says so in `progress`, and asks when that takes long or
/// fails. True: the window may be closed, nothing is lost but what the user gave up.
bool saveBeforeClosing(Document &document, TaskProgress &progress, QWidget *window);

} // namespace ui
