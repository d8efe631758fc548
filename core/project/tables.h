// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/change_set.h"
#include "core/project/sql_connection.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace project
{

/// Records to rows and back. Reading throws Error(BadProject, BadDataset), without the file's name,
/// for rows that no program of ours writes; all is in order of id.
std::vector<core::ImageRecord> readImages(const SqlConnection &connection);
std::unordered_map<core::Id, std::string> readDigests(const SqlConnection &connection);
std::vector<core::Category> readCategories(const SqlConnection &connection);
std::vector<AnnotationPointer> readAnnotations(const SqlConnection &connection);
std::vector<ProposalPointer> readProposals(const SqlConnection &connection);
core::ForeignKeys readForeign(const SqlConnection &connection);

/// The id after the highest that the table ever had.
core::Id nextId(const SqlConnection &connection, const char *table);

/// Within the caller's transaction.
void write(const SqlConnection &connection, const ChangeSet &changes);

} // namespace project
