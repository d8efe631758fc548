// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "picture_folder.h"
#include "scripted_segmenter.h"
#include "ui/editing/prompt_session.h"

#include <QTest>

#include <algorithm>
#include <memory>

/// A prompt session on a scripted segmenter, with the first of two pictures open. To be made in a
/// test's init() and ended in its cleanup().
class PromptSessionFixture
{
protected:
    struct Bench {
        PictureFolder folder{2};
        std::shared_ptr<SegmenterLog> log = std::make_shared<SegmenterLog>();
        ui::Document document;
        ui::SegmentationService service{
            [log = log] { return std::make_unique<ScriptedSegmenter>(log); }};
        ui::PromptSession session{document, service};

        Bench() { folder.openIn(document); }
        void open(int index = 0)
        {
            const core::Id id = document.images()[std::size_t(index)].id;
            session.drop();
            service.openImage(id, document.imagePath(id));
        }
        core::Rle lastMask() const
        {
            return document.snapshot().annotations.back()->annotation.mask;
        }
        core::Prompt lastPrompt() const { return log->prompts().back(); }
    };
    std::unique_ptr<Bench> m;

    void click(double x, double y, core::PointLabel label = core::PointLabel::Foreground)
    {
        m->session.addPoint({{x, y}, label});
    }
    static core::Rle block(int x, int y, int width, int height)
    {
        core::Mask mask({PictureFolder::width, PictureFolder::height});
        for (int row = y; row < y + height; ++row)
            std::fill_n(mask.row(row) + x, width, std::uint8_t(1));
        return core::encode(mask);
    }
    void waitForAnswer() { QTRY_VERIFY_WITH_TIMEOUT(!m->session.isWaiting(), 20000); }

    void start()
    {
        m = std::make_unique<Bench>();
        m->open();
        QTRY_VERIFY_WITH_TIMEOUT(m->service.isReady(), 20000);
    }
};
