// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/document.h"
#include "ui/editing/everything_search.h"
#include "ui/editing/proposal_list.h"

#include <QObject>
#include <QThreadPool>

namespace ui
{

/// Everything in view: searches, offers what passes the thresholds and is no object yet, and puts
/// what is accepted into the document. GUI thread; filtering and the map of what is offered are
/// made on a thread of their own, the newest thresholds first.
class EverythingSession : public QObject
{
    Q_OBJECT

public:
    EverythingSession(Document &document, SegmentationService &service, QObject *parent = nullptr);
    ~EverythingSession() override;

    /// See EverythingSearch::start(). What was offered is dropped.
    bool start(const core::PixelRect &region = {});
    /// Gives up the search, or drops what is offered.
    void drop();

    bool isSearching() const { return m_search.isRunning(); }
    /// Finds are there to be looked at, even when none passes the thresholds.
    bool isOffering() const { return m_found != nullptr; }
    bool isActive() const { return isSearching() || isOffering(); }
    EverythingSearch &search() { return m_search; }
    ProposalList &list() { return m_list; }
    int foundCount() const { return m_found ? int(m_found->size()) : 0; }

    const core::MaskThresholds &thresholds() const { return m_thresholds; }
    void setThresholds(const core::MaskThresholds &thresholds);

    /// One undo command; they go into `category` (see addAnnotation). The others stay offered.
    /// False, changing nothing, when none is chosen or the document is read-only.
    bool acceptChosen(core::Id category);
    bool acceptAll(core::Id category);

Q_SIGNALS:
    void stateChanged(); ///< searching, offering, neither
    void thresholdsChanged();
    void failed(core::ErrorKind kind, const QString &detail);

private:
    bool accept(const std::vector<Proposal> &proposals, core::Id category);
    void filter();

    Document &m_document;
    SegmentationService &m_service;
    EverythingSearch m_search;
    ProposalList m_list;
    core::MaskThresholds m_thresholds;
    bool m_areSuggested = true; ///< the user has not moved a slider
    FoundMasks m_found;         ///< null: no search has ended
    core::Id m_image = 0;
    core::Size m_picture;
    bool m_isFiltering = false;
    bool m_filterAgain = false; ///< something changed meanwhile
    QThreadPool m_pool;         ///< one thread
};

} // namespace ui
