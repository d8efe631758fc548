// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle_measure.h"
#include "core/segmentation/fake_segmenter.h"
#include "picture_folder.h"
#include "ui/editing/edits.h"
#include "ui/editing/mask_target.h"
#include "ui/editing/prompt_session.h"
#include "ui/editing/tools/tool.h"

/// What a hand tool needs: an open picture of PictureFolder's size and a target to draw on.
struct ToolBench {
    PictureFolder folder{1};
    ui::Document document;
    ui::SegmentationService service{[] { return std::make_unique<core::FakeSegmenter>(); }};
    ui::PromptSession session{document, service};
    ui::Selection selection{document};
    ui::MaskTarget target{document, session, selection};
    double zoom = 4; ///< handles reach 2 picture pixels, clicks 1

    ToolBench()
    {
        folder.openIn(document);
        const core::Id image = document.images().front().id;
        document.setImageSize(image, {PictureFolder::width, PictureFolder::height});
        selection.setImage(image);
    }

    ui::ToolView view() const
    {
        return {QRectF(0, 0, PictureFolder::width, PictureFolder::height), 1 / zoom};
    }
    ui::PointerEvent event(QPointF at, Qt::MouseButton button = Qt::NoButton,
                           Qt::KeyboardModifiers modifiers = {}) const
    {
        return {at, button, modifiers, 1 / zoom, {PictureFolder::width, PictureFolder::height}};
    }
    void click(ui::Tool &tool, QPointF at, Qt::MouseButton button = Qt::LeftButton,
               Qt::KeyboardModifiers modifiers = {}) const
    {
        tool.move(event(at, Qt::NoButton, modifiers));
        tool.press(event(at, button, modifiers));
        tool.release(event(at, button, modifiers));
    }
    void drag(ui::Tool &tool, QPointF from, QPointF to) const
    {
        tool.move(event(from));
        tool.press(event(from, Qt::LeftButton));
        for (const double part : {0.3, 0.7, 1.0})
            tool.move(event(from + part * (to - from)));
        tool.release(event(to, Qt::LeftButton));
    }
    /// As Qt tells it: press, release, double click, release.
    void doubleClick(ui::Tool &tool, QPointF at) const
    {
        click(tool, at);
        tool.doubleClick(event(at, Qt::LeftButton));
        tool.release(event(at, Qt::LeftButton));
    }

    /// The region of a rectangle of whole pixels.
    static core::Rle block(int x, int y, int width, int height)
    {
        core::Mask mask({PictureFolder::width, PictureFolder::height});
        for (int row = y; row < y + height; ++row)
            std::fill_n(mask.row(row) + x, width, std::uint8_t(1));
        return core::encode(mask);
    }
    int steps() { return document.undoStack()->count(); }
};
