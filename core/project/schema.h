// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/sql_connection.h"

namespace project
{

/// "MWPJ" in the header of every project file: `file` and we ourselves tell it from other
/// databases.
inline constexpr int applicationId = 0x4D57504A;

/// Of the schema that this program writes. Files of a later version are refused.
int schemaVersion();

/// The file has another version than ours: an older one, or 0, being empty.
bool isOutdated(const SqlConnection &connection);

/// Takes the file from the version it has (0: empty) to ours, in one transaction.
void migrate(const SqlConnection &connection);

} // namespace project
