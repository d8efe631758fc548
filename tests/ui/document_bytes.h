// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/document.h"

#include <QDataStream>
#include <QIODevice>

#include <algorithm>

/// All that a user's work consists of, as bytes that are equal when and only when it is:
/// categories, annotations with their masks and prompts, what waits for a decision, and what other
/// programs' files said beyond that.
inline QByteArray bytesOf(const std::vector<core::Category> &categories,
                          const std::vector<project::AnnotationPointer> &annotations,
                          const ui::ProposalTable &proposals = {},
                          const std::vector<core::ImageRecord> &images = {},
                          const core::ForeignKeys &foreign = {})
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    const auto text = [](const std::string &string) { return QByteArray::fromStdString(string); };
    const auto write = [&out](const auto &...values) { (void)(out << ... << values); };
    for (const core::Category &category : categories)
        write(qint64(category.id), text(category.name), text(category.supercategory),
              quint32(category.color), category.isThing, text(category.foreign));
    write(qint32(-1));
    for (const project::AnnotationPointer &record : annotations) {
        const core::Annotation &annotation = record->annotation;
        write(qint64(annotation.id), qint64(annotation.imageId), qint64(annotation.categoryId),
              annotation.isCrowd, annotation.mask.size.width, annotation.mask.size.height);
        for (const auto count : annotation.mask.counts)
            write(quint32(count));
        write(annotation.score.has_value(), annotation.score.value_or(0), qint64(annotation.track),
              text(annotation.foreign));
        const project::PromptRecord &prompt = record->prompt;
        for (const core::PointPrompt &point : prompt.points)
            write(point.position.x, point.position.y, qint32(point.label));
        if (prompt.box)
            write(prompt.box->x0, prompt.box->y0, prompt.box->x1, prompt.box->y1);
        for (const core::BrushStroke &stroke : prompt.strokes) {
            write(stroke.radius, qint32(stroke.label));
            for (const core::ImagePoint &point : stroke.path)
                write(point.x, point.y);
        }
    }
    write(qint32(-2));
    for (std::size_t rank = 0; rank < proposals.count(); ++rank) {
        const project::ProposalRecord &proposal = *proposals.at(rank);
        write(qint64(proposal.id), qint64(proposal.imageId), text(proposal.category),
              proposal.score, proposal.box.x0, proposal.box.y0, proposal.box.x1, proposal.box.y1);
        for (const auto count : proposal.mask.counts)
            write(quint32(count));
        write(proposal.isScored, proposal.isCrowd, qint64(proposal.track), text(proposal.foreign));
    }
    for (const core::ImageRecord &image : images) {
        if (!image.foreign.empty())
            write(qint64(image.id), text(image.foreign));
    }
    write(text(foreign));
    return bytes;
}

inline QByteArray bytesOf(const ui::Document &document)
{
    std::vector<core::ImageRecord> images = document.images();
    std::ranges::sort(images, {}, &core::ImageRecord::id);
    return bytesOf(document.categories(), document.snapshot().annotations.toVector(),
                   document.proposals(), images, document.foreign());
}

/// As the project file has it.
inline QByteArray bytesOf(const std::filesystem::path &projectFile)
{
    const project::Contents contents =
        project::ProjectFile(projectFile, project::OpenMode::ReadOnly).load();
    return bytesOf(contents.categories, contents.annotations, ui::ProposalTable(contents.proposals),
                   contents.images, contents.foreign);
}
