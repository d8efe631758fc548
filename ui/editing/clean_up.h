// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/clean_up.h"
#include "ui/editing/mask_change.h"
#include "ui/editing/mask_shape.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <functional>
#include <memory>

namespace ui
{

class MaskTarget;
class Selection;

/// What a clean-up would do, worked out on a thread of its own while the user turns the numbers;
/// the latest wins. Works on the object in work, else on the selected objects, else, or when asked
/// for, on all of the picture. GUI thread.
class CleanUp : public QObject
{
    Q_OBJECT

public:
    enum class Scope { Nothing, InWork, Selected, Image };

    /// What would change.
    struct Preview {
        MaskChange change;     ///< of annotations
        core::Rle inWork;      ///< of no size: does not change
        MaskShape added;       ///< pixels that come
        MaskShape removed;     ///< pixels that go
        QPainterPath outlines; ///< of the masks as they would be; none where they are too many
        std::vector<QRect> filledHoles;
        std::vector<QRect> removedParts;
        int objects = 0; ///< that change
        bool isEmpty() const { return objects == 0; }
    };

    CleanUp(Document &document, Selection &selection, MaskTarget &target,
            QObject *parent = nullptr);
    ~CleanUp() override;

    /// Objects that are left alone when all of the picture is cleaned: locked and hidden ones.
    void setIsLeftAlone(std::function<bool(core::Id)> isLeftAlone);

    /// Works, and follows what is selected and edited, while it is active.
    void setActive(bool active);
    bool isActive() const { return m_isActive; }
    void setOptions(const core::CleanUpOptions &options);
    const core::CleanUpOptions &options() const { return m_options; }
    /// All of the picture, whatever is selected.
    void setWholeImage(bool whole);

    Scope scope() const;
    int objectCount() const { return m_objectCount; } ///< that are looked at
    bool isComputing() const { return m_isComputing; }
    /// Of the latest options only: empty while they are being worked on for the first time, what
    /// was before until the new one is there.
    const Preview &preview() const { return m_preview; }

    /// One step of undo. Waits for what is being computed, without holding up the window.
    void apply();
    /// Does not apply what is being computed after all. False: apply() is not waiting.
    bool takeBackApply();

Q_SIGNALS:
    void changed();
    void applied(int objects);

private:
    void restart();
    void take(Preview preview, bool failed);
    void applyNow();

    Document &m_document;
    Selection &m_selection;
    MaskTarget &m_target;
    std::function<bool(core::Id)> m_isLeftAlone = [](core::Id) { return false; };
    core::CleanUpOptions m_options;
    bool m_isActive = false;
    bool m_wholeImage = false;
    bool m_isComputing = false;
    bool m_appliesWhenDone = false;
    int m_objectCount = 0;
    Preview m_preview;
    std::atomic<quint64> m_latest = 0; ///< read by the worker between objects
    QThreadPool m_pool;                ///< one thread
};

} // namespace ui
