// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <QString>

namespace ui
{

class Document;

/// "car #3", as in the list of objects.
QString annotationName(const Document &document, const core::Annotation &annotation);
/// The same; empty when there is no such annotation.
QString annotationName(const Document &document, core::Id annotation);

} // namespace ui
