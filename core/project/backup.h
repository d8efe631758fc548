// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/sql_connection.h"

namespace project
{

/// Copies the database to "NAME.backup-1", after making the copy that was there "NAME.backup-2".
/// Does nothing when the file has not changed since the last copy. The copy appears whole or not at
/// all. False when it could not be made (no space, say), which is no reason not to work.
bool keepBackup(const SqlConnection &connection);

} // namespace project
