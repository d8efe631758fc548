// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/annotation_name.h"

#include "ui/editing/document.h"

namespace ui
{

QString annotationName(const Document &document, const core::Annotation &annotation)
{
    const core::Category *category = document.category(annotation.categoryId);
    return QStringLiteral("%1 #%2")
        .arg(category ? QString::fromStdString(category->name) : QString())
        .arg(annotation.id);
}

QString annotationName(const Document &document, core::Id annotation)
{
    const project::AnnotationPointer record = document.annotation(annotation);
    return record ? annotationName(document, record->annotation) : QString();
}

} // namespace ui
