// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/annotation_source.h"
#include "export/records/named_categories.h"

#include <cstddef>
#include <string>

class QXmlStreamReader;
class QXmlStreamWriter;

namespace exporters
{

/// The <meta> of CVAT's XML: labels and what is said of the task, job or project as a whole.

/// Reads it; the reader stands at its start. Labels become categories with their colours; what else
/// they say is kept under "cvat_label" in their foreign keys. The other elements of the task are
/// added to `task`, but for those that count its images.
void readCvatMeta(QXmlStreamReader &xml, NamedCategories &categories, std::string &task);

/// Writes it, with what was kept of labels and, under "cvat_task" in the source's foreign keys, of
/// the task.
void writeCvatMeta(QXmlStreamWriter &xml, AnnotationSource &source, std::size_t imageCount);

} // namespace exporters
